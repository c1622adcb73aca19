package dev.tidemark.backbone;

import dev.tidemark.topology.StreamsSettings;
import dev.tidemark.topology.repair.RepairSetup;

/** The settings of the backbone as a repair needs them, so that what it writes is what the backbone would have written. */
public final class RepairSetups {
    /** Nobody asks it for anything. */
    private static final String NOWHERE = "127.0.0.1:1";

    private RepairSetups() {}

    /** @throws BackboneRefusal if a setting is not as it must be */
    public static RepairSetup of(BackboneConfig config, RepairSetup.Members members) throws BackboneRefusal {
        StreamsSettings.Instance instance = new StreamsSettings.Instance(
                config.clients(),
                config.stateDir(),
                "repair",
                NOWHERE,
                new StreamsSettings.Copies(config.replicationFactor(), config.standbys()),
                config.topicLimits().size().maxMessageBytes());
        return new RepairSetup(
                instance,
                Codecs.of(config),
                config.topicLimits(),
                new RepairSetup.Overrides(config.admitOverrides(), config.materializeOverrides()),
                members);
    }
}
