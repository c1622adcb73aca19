package dev.tidemark.backbone.instances;

import dev.tidemark.topology.Names;
import dev.tidemark.topology.query.ServingLease;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the groups of both applications, again and again on a thread of its own, whether this instance is still a member: what it
 * may show is leased, and the lease ends when the answers do. When a member is gone, what it left open is ended.
 */
public final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final List<String> APPLICATIONS = List.of(Names.ADMIT_APP, Names.MATERIALIZE_APP);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int TIMEOUT_MS = 2_000;

    private final Admin admin;
    private final DeadTransactions deadTransactions;
    private final ServingLease lease;
    private final String instanceId;
    private final int partitions;
    private final Thread thread = new Thread(this::run, "tidemark-membership");
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Processes seen last, by application; of the thread. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    /**
     * @param admin closed with this
     * @param instanceId with which this instance's members of the groups begin
     */
    public Membership(Admin admin, ServingLease lease, String instanceId, int partitions) {
        this.admin = admin;
        this.deadTransactions = new DeadTransactions(admin);
        this.lease = lease;
        this.instanceId = instanceId;
        this.partitions = partitions;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close(Duration.ofSeconds(1));
    }

    private void run() {
        try {
            do {
                askAll();
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A group that does not answer is asked again; the lease ends meanwhile if that takes long. */
    private void askAll() throws InterruptedException {
        long askedNs = System.nanoTime();
        Map<String, KafkaFuture<ConsumerGroupDescription>> groups =
                admin.describeConsumerGroups(APPLICATIONS).describedGroups();
        for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> asked : groups.entrySet()) {
            String application = asked.getKey();
            try {
                ConsumerGroupDescription group = asked.getValue().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
                take(new Members(application, group), askedNs);
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                LOG.atDebug()
                        .addKeyValue("application", application)
                        .setCause(e)
                        .log("the group was not asked");
            }
        }
    }

    private void take(Members members, long askedNs) throws InterruptedException, ExecutionException, TimeoutException {
        if (members.application().equals(Names.MATERIALIZE_APP)) {
            Optional<Set<Integer>> own = members.partitionsOf(instanceId, partitions);
            if (own.isPresent()) lease.confirmed(own.get(), askedNs);
            else lease.denied();
        }
        Set<String> now = members.processes();
        Set<String> before = seen.get(members.application());
        if (before == null || !now.containsAll(before)) deadTransactions.end(members);
        seen.put(members.application(), now);
    }
}
