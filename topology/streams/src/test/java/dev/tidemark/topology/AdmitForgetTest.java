package dev.tidemark.topology;

import static dev.tidemark.topology.AdmitDriver.codes;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.LifecycleEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica is deleted: what it sent is forgotten, and can still never take effect again (L2). */
class AdmitForgetTest {
    private static final int RUNS = 1_200;

    private AdmitDriver admit;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        admit = new AdmitDriver(stateDir);
    }

    @AfterEach
    void stop() {
        admit.close();
    }

    @Test
    void refusesWhatADeletedReplicaSentBeforeAndTakesWhatIsNew() {
        admit.push(push().put(5, "a", "{\"n\":1}").batch());
        forget("laptop");

        assertThat(codes(admit.push(push().put(5, "a", "{\"n\":1}").batch()))).containsExactly("rejected below_window");
        assertThat(codes(admit.push(push().put(6, "a", "{\"n\":2}").batch()))).containsExactly("accepted");
    }

    @Test
    void forgetsMoreOutcomesThanOneStepTakes() {
        for (int i = 0; i < RUNS; i++)
            admit.push(push().put(i, "a", "{\"n\":" + i + "}").batch());
        forget("laptop");

        assertThat(codes(admit.push(push().put(RUNS - 1, "a", "{}").batch()))).containsExactly("rejected below_window");
        assertThat(codes(admit.push(push().put(0, "a", "{}").batch()))).containsExactly("rejected below_window");
    }

    @Test
    void answersWhoeverAsked() {
        admit.push(push().put(5, "a", "{}").batch());
        admit.states();
        forget("laptop");

        assertThat(admit.states())
                .extracting(ControlState::kind, ControlState::name, ControlState::requestId)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("replica", "laptop", "forget"));
    }

    @Test
    void saysThatAReplicaIsNotKnown() {
        admit.push(push().put(5, "a", "{}").batch());
        admit.events();
        forget("lap");

        assertThat(admit.events()).extracting(LifecycleEvent::kind).containsExactly(LifecycleEvent.COMMAND_REFUSED);
    }

    private void forget(String replica) {
        admit.command(new ControlCommand(PROJECT, ControlCommand.REPLICA_DELETE, replica, "forget", "{}"));
    }
}
