package dev.tidemark.testkit.simulation;

/** One thing that may happen at any time, and how often it does, in weights. */
public enum Action {
    DELIVER(400),
    TICK(50),

    EDIT(75),
    PUSH(75),
    GIVE_UP(30),
    PULL(75),
    ACK(45),
    LOOK_AT_TARGET(15),
    REPLICA_CRASH(12),
    REPLICA_CRASH_BEFORE_SENDING(10),
    FULL_READ(5),
    GO_OFFLINE(6),
    GO_ONLINE(10),
    CLONE(2),
    BACK_UP(4),
    RESTORE(2),

    SOURCE_GOES_ON(24),
    SOURCE_STARTS_AGAIN(8),
    READER_PULL(30),
    READER_ACK(15),
    READER_CRASH(4),
    RAW_READ(15),
    RAW_START_AGAIN(2),

    ADMIT(70),
    ADMIT_COMMIT(40),
    ADMIT_CRASH(10),
    PRUNE(8),
    MATERIALIZE(90),
    MATERIALIZE_COMMIT(25),
    MATERIALIZE_CRASH(7),
    EXPIRE(28),
    COMPACT(20),
    RETAIN(16),

    RESET_TARGET(6),
    DELETE_PROJECT(1);

    private final int weight;

    Action(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
