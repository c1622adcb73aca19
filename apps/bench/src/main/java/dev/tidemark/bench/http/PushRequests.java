package dev.tidemark.bench.http;

import dev.tidemark.bench.workload.Edit;
import dev.tidemark.bench.workload.Images;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Pushes of one mutation each to one project; each connection is a replica that has read the answer to its last push. */
public final class PushRequests implements Requests {
    private final String host;
    private final String project;
    private final int entities;
    private final Images images;
    private final SplittableRandom random;
    private final long[] nextLocalSeq;
    private final String incarnation;
    private long revision;

    /**
     * @param incarnation new for each run on the same server
     * @param entities of which each push changes any one
     */
    public PushRequests(String host, String project, String incarnation, int replicas, int entities, Images images) {
        this.host = host;
        this.project = project;
        this.incarnation = incarnation;
        this.entities = entities;
        this.images = images;
        this.random = new SplittableRandom(incarnation.hashCode());
        this.nextLocalSeq = new long[replicas];
    }

    @Override
    public byte[] next(int connection) {
        long localSeq = nextLocalSeq[connection]++;
        int entity = random.nextInt(entities);
        String image = images.of(0, entity, 1_000_000_000L + revision++);
        String acked = localSeq == 0 ? "" : "\"acked_through\":" + (localSeq - 1) + ",";
        String body = "{\"replica\":\"replica-" + connection + "\",\"incarnation\":\"" + incarnation + "\"," + acked
                + "\"mutations\":[{\"local_seq\":" + localSeq + ",\"entity\":\"" + Edit.TYPE + "\",\"entity_key\":\""
                + Edit.keyOf(entity) + "\",\"op\":\"upsert\",\"payload\":" + image + "}]}";
        String head = "POST /v1/projects/" + project + "/mutations HTTP/1.1\r\nHost: " + host
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
