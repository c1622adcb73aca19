package dev.tidemark.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chunks of edits by number. Chunk c belongs to project c modulo their count; the first round creates every entity in order, each
 * later one changes every entity once, in a random order of its own. The same shape has the same chunks.
 */
public final class Edits {
    private final Shape shape;
    private final Images images;
    private final int chunksPerProject;
    private final int[][] orders;
    private final int[] orderRounds;

    public Edits(Shape shape) {
        this.shape = shape;
        this.images = new Images(shape.seed(), Shape.IMAGE_BYTES);
        this.chunksPerProject = shape.entitiesPerProject() / shape.chunk();
        this.orders = new int[shape.projects()][];
        this.orderRounds = new int[shape.projects()];
    }

    /** Edits of one project, no entity twice. */
    public List<Edit> chunk(long number) {
        int project = (int) (number % shape.projects());
        long ofProject = number / shape.projects();
        int round = (int) (ofProject / chunksPerProject);
        int first = (int) (ofProject % chunksPerProject) * shape.chunk();
        List<Edit> edits = new ArrayList<>(shape.chunk());
        for (int i = first; i < first + shape.chunk(); i++) {
            int entity = round == 0 ? i : order(project, round)[i];
            edits.add(new Edit(project, entity, images.of(project, entity, round)));
        }
        return edits;
    }

    private int[] order(int project, int round) {
        if (orders[project] == null || orderRounds[project] != round) {
            orders[project] = shuffled(shape.seed() ^ (long) project << 32 ^ round);
            orderRounds[project] = round;
        }
        return orders[project];
    }

    private int[] shuffled(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[shape.entitiesPerProject()];
        for (int i = 0; i < order.length; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }
}
