package dev.tidemark.testkit.simulation;

/**
 * How often things happen, in percent.
 *
 * @param lose of what is under way, for each arrival
 * @param repeat arrives and stays under way
 * @param crash of a replica, at each of its turns, and once more between marking and sending
 * @param giveUp of a replica that waits for an answer
 * @param purge at each step
 * @param fullRead on demand, at each turn of a replica
 */
public record Chances(int lose, int repeat, int crash, int giveUp, int purge, int fullRead) {
    public static final Chances ROUGH = new Chances(15, 15, 4, 15, 3, 2);
    public static final Chances CALM = new Chances(0, 0, 0, 0, 0, 0);
}
