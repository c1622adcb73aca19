package dev.tidemark.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Measure beside =
            new Measure("one-store", "edits/s").with("median", 76_123.4).with("ratio", 1);
    private final Measure tidemark = new Measure("tidemark", "edits/s")
            .with("median", 31_000)
            .with("ratio", 0.4072)
            .with("p99 ms", 12.34);

    @Test
    void tableHasAColumnForEveryNumberThatAnyMeasureHas() {
        assertThat(new Table(List.of(beside, tidemark))).hasToString("""
                                   unit     median  ratio  p99 ms
                        one-store  edits/s  76,123      1
                        tidemark   edits/s  31,000  0.407    12.3""");
    }

    @Test
    void whatIsNoNumberIsLeftOut() {
        assertThat(new Measure("a", "b").with("ratio", Double.NaN).numbers()).isEmpty();
    }

    @Test
    void jsonHasEveryDigitAndTheMachine() throws Exception {
        Result result = new Result("ingest").add(beside).add(tidemark).setting("batch", 100);

        JsonNode json = new ObjectMapper().readTree(ResultJson.of(result));

        assertThat(json.at("/measures/0/median").asDouble()).isEqualTo(76_123.4);
        assertThat(json.at("/measures/1/p99_ms").asDouble()).isEqualTo(12.34);
        assertThat(json.at("/settings/batch").asInt()).isEqualTo(100);
        assertThat(json.at("/machine/processors").asInt()).isPositive();
        assertThat(json.at("/machine/date").asText()).startsWith("20");
    }

    @Test
    void figuresHaveThreeDigitsThatMeanSomething() {
        assertThat(Figures.text(1_234_567.8)).isEqualTo("1,234,568");
        assertThat(Figures.text(99.96)).isEqualTo("100.0");
        assertThat(Figures.text(12.345)).isEqualTo("12.3");
        assertThat(Figures.text(1.204)).isEqualTo("1.20");
        assertThat(Figures.text(0.12345)).isEqualTo("0.123");
        assertThat(Figures.text(3)).isEqualTo("3");
        assertThat(Figures.text(Double.POSITIVE_INFINITY)).isEqualTo("-");
    }
}
