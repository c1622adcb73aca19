package dev.tidemark.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB settings of every store of the process: one block cache and one bound on write buffers for all of them, so that memory
 * does not grow with the number of stores and partitions.
 */
public final class RocksDbBounds implements RocksDBConfigSetter {
    /** Property: bytes of the shared block cache, write buffers included. */
    public static final String CACHE_BYTES = "tidemark.rocksdb.cache.bytes";

    private static final long CACHE_BYTES_DEFAULT = 384L << 20;
    private static final double WRITE_BUFFER_SHARE = 0.5;
    private static final long WRITE_BUFFER_BYTES = 32L << 20;
    private static final int WRITE_BUFFERS = 3;
    private static final int BLOCK_BYTES = 4 << 10;
    private static final long MANIFEST_BYTES = 64 << 10;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Filter bloom = new BloomFilter(BLOOM_BITS_PER_KEY, false);

    /** Shared by all stores of the process for its life, as RocksDB wants it; sized by the first store that opens. */
    private static final class Shared {
        private static final long BYTES = Long.getLong(CACHE_BYTES, CACHE_BYTES_DEFAULT);
        private static final Cache CACHE = new LRUCache(BYTES, -1, false, 0.1);
        private static final WriteBufferManager WRITE_BUFFERS_BOUND =
                new WriteBufferManager((long) (BYTES * WRITE_BUFFER_SHARE), CACHE);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setFilterPolicy(bloom);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS_BOUND);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        // Some hundred small stores: what RocksDB reserves for each by default is more than they ever hold.
        options.setAllowFAllocate(false);
        options.setManifestPreallocationSize(MANIFEST_BYTES);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String store, Options options) {
        bloom.close();
    }
}
