package dev.tidemark.postgres.outbox;

import dev.tidemark.connector.AckedThrough;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.RegistryAddress;
import dev.tidemark.wire.RegistrySchemas;
import dev.tidemark.wire.SchemaRegistryException;
import dev.tidemark.wire.WireCodec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one outbox. A database that is away is tried again for ever; rows that were dropped unread end the task, loudly. */
public final class OutboxSourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSourceTask.class);
    private static final long RETRY_MS = 1_000;
    private static final int CONNECT_SECONDS = 10;
    private static final int SOCKET_SECONDS = 45;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Lag lag = new Lag(Clock.systemUTC());
    private volatile @Nullable AckedThrough acked;
    private @Nullable OutboxConfig config;
    private @Nullable WireCodec codec;
    private volatile @Nullable OutboxSession session;
    private OutboxTable.@Nullable Registration begun;
    /** Id up to which everything was returned by this task, or committed before it. */
    private long returned;

    @Override
    public void start(Map<String, String> given) {
        config = new OutboxConfig(given);
        lag.publish(context);
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        try {
            OutboxSession open = session;
            if (open == null) session = open = opened();
            if (stopped.getCount() == 0) drop();
            List<SourceRecord> records = open.next();
            returned = open.position();
            return records.isEmpty() ? null : records;
        } catch (SQLException | SchemaRegistryException e) {
            // What was read and not returned is read again: the next session begins where the last records ended.
            LOG.atWarn().setCause(e).log("database or registry does not answer; trying again");
            drop();
            stopped.await(RETRY_MS, TimeUnit.MILLISECONDS);
            return null;
        }
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        AckedThrough now = acked;
        // Without metadata the record was dropped on its way, not received.
        if (metadata == null) return;
        if (now != null && record.sourceOffset().get(OutboxMutations.ID) instanceof Number id)
            now.received(id.longValue());
    }

    @Override
    public void commit() {
        AckedThrough now = acked;
        if (now != null) now.committed();
    }

    /** May be called by another thread than {@link #poll}, whose connection goes with it. */
    @Override
    public void stop() {
        stopped.countDown();
        drop();
    }

    @Override
    public String version() {
        return new OutboxSourceConnector().version();
    }

    private OutboxSession opened() throws SQLException {
        OutboxConfig now = config;
        if (now == null) throw new ConnectException("the task was not started");
        OutboxTable outbox =
                new OutboxTable(connected(now), now.getString(OutboxConfig.SCHEMA), now.getString(OutboxConfig.SOURCE));
        try {
            OutboxTable.Registration registration = outbox.registration()
                    .orElseThrow(() -> new ConnectException("source_unknown: the database has no source "
                            + now.getString(OutboxConfig.SOURCE) + "; run tidemark sources apply first"));
            if (begun == null) begin(now, registration);
            else if (!begun.incarnation().equals(registration.incarnation())) throw OutboxBroken.changed(returned);
            OutboxSession.Place place =
                    new OutboxSession.Place(returned, Objects.requireNonNull(acked), Objects.requireNonNull(codec));
            return new OutboxSession(now, outbox, registration, place, lag);
        } catch (SQLException | RuntimeException e) {
            outbox.close();
            throw e;
        }
    }

    private void begin(OutboxConfig now, OutboxTable.Registration registration) {
        long committed = committedId(now, registration);
        codec = codec(now);
        acked = new AckedThrough(committed);
        returned = Math.max(0, committed);
        begun = registration;
    }

    private long committedId(OutboxConfig now, OutboxTable.Registration registration) {
        ReplicaId replica = new ReplicaId(
                now.getString(OutboxConfig.PROJECT), now.getString(OutboxConfig.SOURCE), registration.incarnation());
        Map<String, Object> offset = context.offsetStorageReader().offset(OutboxMutations.partition(replica));
        return offset != null && offset.get(OutboxMutations.ID) instanceof Number id ? id.longValue() : -1;
    }

    private static Connection connected(OutboxConfig config) throws SQLException {
        Properties properties = new Properties();
        String user = config.getString(OutboxConfig.USER);
        if (!user.isEmpty()) properties.setProperty("user", user);
        if (!config.password().isEmpty()) properties.setProperty("password", config.password());
        properties.setProperty("ApplicationName", "tidemark-outbox");
        properties.setProperty("tcpKeepAlive", "true");
        // Above what a statement may take: a host that is gone closes no connection.
        properties.setProperty("socketTimeout", "" + SOCKET_SECONDS);
        properties.setProperty("connectTimeout", "" + CONNECT_SECONDS);
        properties.setProperty("loginTimeout", "" + CONNECT_SECONDS);
        return DriverManager.getConnection(config.getString(OutboxConfig.URL), properties);
    }

    private static WireCodec codec(OutboxConfig config) {
        String registry = config.getString(OutboxConfig.REGISTRY);
        return new WireCodec(
                registry.isEmpty() ? new EmbeddedSchemas() : new RegistrySchemas(RegistryAddress.of(registry)));
    }

    private synchronized void drop() {
        OutboxSession open = session;
        session = null;
        if (open == null) return;
        try {
            open.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the connection was broken already");
        }
    }
}
