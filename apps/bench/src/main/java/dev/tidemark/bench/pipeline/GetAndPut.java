package dev.tidemark.bench.pipeline;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One get and one put of the same image for each record. */
final class GetAndPut implements Processor<byte[], byte[], byte[], byte[]> {
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(Bare.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || store == null) throw new IllegalStateException("not initialised");
        Bytes key = Bytes.wrap(record.key());
        store.get(key);
        store.put(key, record.value());
        context.forward(record);
    }
}
