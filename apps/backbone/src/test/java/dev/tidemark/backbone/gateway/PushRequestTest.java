package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRequestTest {
    private static final String DELETE = "{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}";

    @Test
    void readsAPush() {
        PushRequest request = PushRequest.parse(
                "p",
                "{\"replica\":\"laptop-1\",\"incarnation\":\"b1\",\"acked_through\":41,\"follows\":41,\"cursor\":\"c\","
                        + "\"mutations\":[" + DELETE + "]}");

        assertThat(request)
                .isEqualTo(new PushRequest(
                        new ReplicaId("p", "laptop-1", "b1"),
                        41L,
                        41L,
                        "c",
                        List.of(Mutation.of(1, "e", "k", new Op.Delete()))));
    }

    @Test
    void fillsInWhatIsNotSaid() {
        PushRequest request = PushRequest.parse(
                "p",
                "{\"replica\":\"r\",\"acked_through\":null,\"follows\":null,\"cursor\":null,\"mutations\":[" + DELETE
                        + "]}");

        assertThat(request.replica().incarnation()).isEqualTo("0");
        assertThat(request.ackedThrough()).isNull();
        assertThat(request.follows()).isNull();
        assertThat(request.cursor()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{\"mutations\":[D]} | /replica",
                "{\"replica\":\"\",\"mutations\":[D]} | /replica",
                "{\"replica\":\".r\",\"mutations\":[D]} | /replica",
                "{\"replica\":\"a b\",\"mutations\":[D]} | /replica",
                "{\"replica\":7,\"mutations\":[D]} | /replica",
                "{\"replica\":\"r\",\"incarnation\":\"é\",\"mutations\":[D]} | /incarnation",
                "{\"replica\":\"r\"} | /mutations",
                "{\"replica\":\"r\",\"mutations\":[]} | /mutations",
                "{\"replica\":\"r\",\"mutations\":D} | /mutations",
                "{\"replica\":\"r\",\"mutations\":[1]} | /mutations/0",
                "{\"replica\":\"r\",\"mutations\":[D,D]} | /mutations/1/local_seq",
                "{\"replica\":\"r\",\"mutations\":[D,{\"local_seq\":0,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}]} | /mutations/1/local_seq",
                "{\"replica\":\"r\",\"acked_through\":\"1\",\"mutations\":[D]} | /acked_through",
                "{\"replica\":\"r\",\"follows\":1.5,\"mutations\":[D]} | /follows",
                "{\"replica\":\"r\",\"cursor\":1,\"mutations\":[D]} | /cursor",
                "{\"replica\":\"r\",\"project\":\"p\",\"mutations\":[D]} | /project",
                "{\"replica\":\"r\",\"replica\":\"r\",\"mutations\":[D]} | /replica",
                "{\"replica\":\"r\",\"mutations\":[{\"local_seq\":1,\"replica\":\"x\"}]} | /mutations/0/replica"
            },
            delimiter = '|')
    void pointsAtWhatIsMalformed(String text, String pointer) {
        Problem problem = catchThrowableOfType(Problem.class, () -> PushRequest.parse("p", text.replace("D", DELETE)));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(Problem.Place::where).containsExactly(pointer);
        assertThat(problem.detail()).startsWith(pointer);
    }

    @Test
    void refusesTooManyMutations() {
        StringBuilder text = new StringBuilder("{\"replica\":\"r\",\"mutations\":[");
        for (int i = 0; i <= PushRequest.MUTATIONS_MAX; i++)
            text.append(i == 0 ? "" : ",").append(DELETE.replace(":1,", ":" + i + ","));
        text.append("]}");

        Problem problem = catchThrowableOfType(Problem.class, () -> PushRequest.parse("p", text.toString()));

        assertThat(problem.errors().get(0).where()).isEqualTo("/mutations/10000");
    }
}
