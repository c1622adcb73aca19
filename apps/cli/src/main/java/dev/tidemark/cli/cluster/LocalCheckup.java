package dev.tidemark.cli.cluster;

import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.PropertiesFile;
import dev.tidemark.cli.config.SettingCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** What is right and wrong with this machine and the settings. */
public final class LocalCheckup {
    private static final String VARIABLE_PREFIX = "TIDEMARK_";
    /** Variables that mean something but are no settings. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of(PropertiesFile.VARIABLE, "TIDEMARK_JAVA_OPTS", "TIDEMARK_DEBUG");

    private final EffectiveConfig settings;
    private final Map<String, String> environment;

    public LocalCheckup(EffectiveConfig settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("java", Runtime.version().toString()));
        findings.add(configuration());
        environment.keySet().stream()
                .filter(this::isUnknown)
                .sorted()
                .forEach(variable -> findings.add(
                        Finding.unsure("environment", variable + " names no setting", "`tidemark config` lists them")));
        return findings;
    }

    private Finding configuration() {
        try {
            BackboneConfig.of(settings.saidForBackbone());
            return Finding.ok("settings", settings.saidForBackbone().size() + " are not at their defaults");
        } catch (ConfigException | IllegalArgumentException e) {
            return Finding.wrong(
                    "settings", String.valueOf(e.getMessage()), "`tidemark config` says where it comes from");
        }
    }

    private boolean isUnknown(String variable) {
        return variable.startsWith(VARIABLE_PREFIX)
                && !OTHER_VARIABLES.contains(variable)
                && !new SettingCatalogue().isVariable(variable);
    }
}
