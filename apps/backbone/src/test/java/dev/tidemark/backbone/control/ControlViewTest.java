package dev.tidemark.backbone.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.backbone.push.Outbox;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.TargetEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ControlViewTest {
    private final Waiting<ControlView.Answer> waiting = new Waiting<>(10, Duration.ofSeconds(5), Runnable::run);
    private final ControlView view = new ControlView(waiting);
    private final Commands outbox = new Commands();
    private final Projects projects = new Projects(view, outbox, waiting);

    @Test
    void knowsWhatWasDecidedLast() throws JsonProcessingException {
        decided("p", null, "{\"state\":\"open\",\"paused\":false,\"generation\":0,\"epoch\":\"ab\",\"filterable\":{}}");
        decided(
                "p",
                null,
                "{\"state\":\"open\",\"paused\":true,\"generation\":1,\"epoch\":\"cd\",\"filterable\":{\"e\":[\"f\"]}}");

        ProjectInfo info = projects.find("p", () -> false).orElseThrow();

        assertThat(info.generation()).isEqualTo(1);
        assertThat(info.filterable().toString()).isEqualTo("{\"e\":[\"f\"]}");
        assertThat(projects.isPaused("p")).isTrue();
        assertThat(projects.isDeleting("p")).isFalse();
    }

    @Test
    void showsNoProjectThatIsGone() throws JsonProcessingException {
        decided("a", null, "{\"state\":\"open\"}");
        decided("b", null, "{\"state\":\"absent\"}");

        assertThat(projects.all()).containsOnlyKeys("a");
        assertThat(projects.find("b", () -> true)).isEmpty();
    }

    /** The records of a first push may be served before the record that says the project is open has been read. */
    @Test
    void showsAProjectThatIsServedBeforeItsOpeningWasRead() {
        assertThat(projects.find("new", () -> true)).map(ProjectInfo::state).contains("open");
        assertThat(projects.find("nope", () -> false)).isEmpty();
    }

    @Test
    void answersTheCommandThatLedToAState() throws JsonProcessingException {
        CompletableFuture<ControlView.Answer> answer = projects.put("p", "{\"paused\":true}");
        assertThat(answer).isNotDone();

        ControlCommand command = outbox.sent.get(0);
        decided("p", command.requestId(), "{\"state\":\"open\",\"paused\":true}");

        assertThat(command.body()).isEqualTo("{\"paused\":true}");
        assertThat(((ControlView.Answer.Done) answer.join()).project().paused()).isTrue();
    }

    @Test
    void answersACommandThatWasRefused() throws JsonProcessingException {
        CompletableFuture<ControlView.Answer> answer = projects.delete("p");

        view.take(new LifecycleEvent(
                "p",
                LifecycleEvent.COMMAND_REFUSED,
                "",
                outbox.sent.get(0).requestId(),
                "{\"code\":\"project_not_found\",\"detail\":\"there is none\"}"));

        assertThat(answer.join()).isEqualTo(new ControlView.Answer.Refused("project_not_found", "there is none"));
    }

    @Test
    void passesOverWhatIsNotOfAProject() throws JsonProcessingException {
        view.take(new ControlState("p", ControlState.HORIZON, "p", null, "{}"));
        view.take(new LifecycleEvent("p", "something.else", "", "id", "{}"));

        assertThat(view.project("p")).isEqualTo(Optional.empty());
    }

    private void decided(String project, String requestId, String body) throws JsonProcessingException {
        view.take(new ControlState(project, ControlState.PROJECT, project, requestId, body));
    }

    private static final class Commands implements Outbox {
        private final List<ControlCommand> sent = new ArrayList<>();

        @Override
        public CompletableFuture<Void> send(ControlCommand command) {
            sent.add(command);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> send(MutationBatch batch, String requestId, String traceparent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Void> send(TargetEvent event) {
            throw new UnsupportedOperationException();
        }
    }
}
