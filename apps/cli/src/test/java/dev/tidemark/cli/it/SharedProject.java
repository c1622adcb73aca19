package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** One project that all tests of a class share: whatever bad they send to it, everything good that was pushed must be there. */
final class SharedProject implements AutoCloseable {
    static final String NAME = "shared";

    private final Up up;
    private final ProjectApi project;
    private long goodPushes;

    private SharedProject(Up up) {
        this.up = up;
        this.project = up.project(NAME);
    }

    /** The project is there from the first push on, so each test may be the first. */
    static SharedProject on(Path home) {
        SharedProject shared = new SharedProject(Up.ready(home));
        shared.goodPush();
        return shared;
    }

    ProjectApi api() {
        return project;
    }

    String bootstrap() {
        return up.bootstrap();
    }

    String server() {
        return up.server();
    }

    /** A push that must be taken. @return the cursor of the head after it */
    String goodPush() {
        long number = ++goodPushes;
        JsonNode answer = project.pushed(PushBody.by("good").mutation(good(number, "g" + number)));
        assertThat(answer.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
        return project.headCursor();
    }

    /** Pushes a mutation of local seq 2 between two good ones. */
    JsonNode pushedAmongGood(String mutation) {
        String replica = "r" + goodPushes;
        JsonNode answer = project.pushed(PushBody.by(replica)
                .mutation(good(1, replica + "-1"))
                .mutation(mutation)
                .mutation(good(3, replica + "-3")));
        goodPushes += 2;
        return answer;
    }

    void checkThatEverythingGoodIsThere() {
        goodPush();
        ServedCopy copy = new ServedCopy(NAME).readToHead(project, "entity=good&limit=1000");
        assertThat(copy.size()).isEqualTo((int) goodPushes);
        assertThat(ProjectLog.read(up.bootstrap(), NAME).defects()).isEmpty();
    }

    @Override
    public void close() {
        up.close();
    }

    private static String good(long localSeq, String key) {
        return "{\"local_seq\":" + localSeq + ",\"entity\":\"good\",\"entity_key\":\"" + key
                + "\",\"op\":\"upsert\",\"payload\":{}}";
    }
}
