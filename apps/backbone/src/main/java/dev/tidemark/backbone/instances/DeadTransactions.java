package dev.tidemark.backbone.instances;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that an instance left open when it died. Until they end, committed readers stand still and whoever takes
 * its tasks over waits; the broker alone would end them at their timeout only. A member of the group is never touched. An instance
 * that lost its membership and lives can commit nothing anyway; it notices, and joins again.
 */
final class DeadTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(DeadTransactions.class);
    private static final int TIMEOUT_SECONDS = 5;

    private final Admin admin;

    DeadTransactions(Admin admin) {
        this.admin = admin;
    }

    void end(Members members) throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> living = members.processes();
        List<String> dead = admin
                .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> members.process(id)
                        .filter(process -> !living.contains(process))
                        .isPresent())
                .toList();
        if (dead.isEmpty()) return;
        admin.fenceProducers(dead).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        LOG.atInfo()
                .addKeyValue("application", members.application())
                .addKeyValue("transactions", dead.size())
                .log("ended what a dead instance left open");
    }
}
