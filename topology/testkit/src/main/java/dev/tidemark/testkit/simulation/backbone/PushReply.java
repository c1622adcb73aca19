package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.model.Refusal;

/** Where the answer to a push goes, if there ever is one. */
public interface PushReply {
    void answered(PushAnswer answer);

    /** 409: nothing of it was taken, or not all of it. */
    void refused(Refusal why);
}
