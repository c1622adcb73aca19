package dev.tidemark.backbone.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Which of Kafka's metrics are exported. Every store of every partition has some eighty, of which most are recorded only where
 * Kafka's recording level is {@code DEBUG}: shown are RocksDB's own, which always are.
 */
final class KafkaMeters implements MeterFilter {
    private static final String OF_STORES = "kafka.stream.state.";
    private static final Set<String> SHOWN_OF_STORES = Set.of(
            "background.errors",
            "block.cache.capacity",
            "block.cache.usage",
            "compaction.pending",
            "estimate.num.keys",
            "estimate.pending.compaction.bytes",
            "estimate.table.readers.mem",
            "live.sst.files.size",
            "mem.table.flush.pending",
            "num.running.compactions",
            "num.running.flushes",
            "size.all.mem.tables",
            "total.sst.files.size");
    private static final String OF_FETCHES = "kafka.consumer.fetch.manager.";
    private static final String LAG = OF_FETCHES + "records.lag";

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        boolean isNoise = (name.startsWith(OF_STORES) && !SHOWN_OF_STORES.contains(name.substring(OF_STORES.length())))
                || (name.startsWith(OF_FETCHES) && id.getTag("partition") != null && !name.equals(LAG));
        return isNoise ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
