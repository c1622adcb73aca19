package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins in one row. */
class OriginRunTest {
    private record Entry(long localSeq) implements OriginRun.Entry {}

    @ParameterizedTest
    @CsvSource({"9, false", "10, true", "11, false", "20, true", "29, false", "30, true", "31, false"})
    void findsExactlyWhatItHolds(long localSeq, boolean held) {
        assertThat(run(10, 20, 30).find(localSeq) != null).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 15, 25, 35})
    void takesAnEntryInToItsPlace(long localSeq) {
        List<OriginRun<Entry>> runs = run(10, 20, 30).with(new Entry(localSeq));

        assertThat(runs).hasSize(1);
        assertThat(localSeqs(runs.get(0))).contains(localSeq).isSorted().hasSize(4);
    }

    @Test
    void becomesTwoWhereItWouldBeTooLong() {
        OriginRun<Entry> full =
                run(LongStream.range(0, OriginRun.ORIGINS_MAX).map(i -> 2 * i).toArray());

        List<OriginRun<Entry>> runs = full.with(new Entry(777));

        assertThat(runs).extracting(run -> run.origins().size()).containsExactly(500, 501);
        assertThat(runs.get(0).last()).isLessThan(runs.get(1).first());
        assertThat(runs.get(0).find(777)).isNotNull();
    }

    @Test
    void isNeverEmptyAndNeverTooLong() {
        assertThatThrownBy(() -> run()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        run(LongStream.rangeClosed(0, OriginRun.ORIGINS_MAX).toArray()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static OriginRun<Entry> run(long... localSeqs) {
        return new OriginRun<>(LongStream.of(localSeqs).mapToObj(Entry::new).toList());
    }

    private static List<Long> localSeqs(OriginRun<Entry> run) {
        return run.origins().stream().map(Entry::localSeq).toList();
    }
}
