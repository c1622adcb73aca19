package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemRoutesTest {
    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(dir);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void isAliveWheneverItAnswers() {
        gateway.health = new Health(false, "ERROR", "ERROR", List.of(), "state_mismatch: x");

        assertThat(gateway.http.get("/health/live").json().path("live").asBoolean())
                .isTrue();
    }

    @Test
    void isReadyWhenEverythingIsServed() {
        ContractClient.Answer answer = gateway.http.get("/health/ready");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"ready\":true,\"admit\":\"RUNNING\",\"materialize\":\"RUNNING\",\"partitions\":[]}");
    }

    @Test
    void saysWhatItWaitsFor() {
        gateway.health = new Health(false, "RUNNING", "REBALANCING", List.of(), "");

        ContractClient.Answer answer = gateway.http.get("/health/ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("not_ready");
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(answer.json().path("ready").asBoolean()).isFalse();
        assertThat(answer.json().path("materialize").asText()).isEqualTo("REBALANCING");
    }

    @Test
    void saysWhyItWillNotBeReady() {
        gateway.health = new Health(false, "ERROR", "RUNNING", List.of(), "state_mismatch: a changelog is gone");

        ContractClient.Answer answer = gateway.http.get("/health/ready");

        assertThat(answer.code()).isEqualTo("stopped");
        assertThat(answer.json().path("detail").asText()).isEqualTo("state_mismatch: a changelog is gone");
        assertThat(answer.json().path("failure").asText()).isEqualTo("state_mismatch: a changelog is gone");
    }

    @Test
    void servesMetricsAsTextOfPrometheus() {
        ContractClient.Answer answer = gateway.http.get("/metrics");

        assertThat(answer.mediaType()).isEqualTo("text/plain");
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("version=0.0.4"));
        assertThat(answer.text()).contains("x 1.0");
    }
}
