package dev.tidemark.cli.config;

import dev.tidemark.backbone.BackboneConfig.Setting;
import dev.tidemark.cli.UsageFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings as they count: flags over environment over properties file over defaults. */
public final class EffectiveConfig {
    private static final String MASK = "********";

    private final SettingCatalogue catalogue;
    private final SortedMap<String, Value> values = new TreeMap<>();

    private EffectiveConfig(SettingCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** @throws UsageFailure if a source names a setting that does not exist */
    public static EffectiveConfig of(SettingCatalogue catalogue, ConfigSources sources) {
        EffectiveConfig config = new EffectiveConfig(catalogue);
        config.takeDefaults();
        config.takeFile(sources.file());
        config.takeEnvironment(sources.environment());
        config.takeFlags(sources.flags());
        return config;
    }

    public String text(String name) {
        Value value = values.get(name);
        if (value == null) throw new IllegalArgumentException("no setting " + name);
        return value.text();
    }

    /** @throws UsageFailure if the text is not a port */
    public int port(String name) {
        try {
            int port = Integer.parseInt(text(name));
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageFailure(name + " is '" + text(name) + "' (" + origin(name) + "), not a port from 0 to 65535");
    }

    /** @throws UsageFailure if the text is neither true nor false */
    public boolean isOn(String name) {
        String text = text(name);
        if (text.equals("true")) return true;
        if (text.equals("false")) return false;
        throw new UsageFailure(name + " is '" + text + "' (" + origin(name) + "), neither true nor false");
    }

    /** @throws UsageFailure if the text is not a path */
    public Path path(String name) {
        try {
            return Path.of(text(name));
        } catch (InvalidPathException e) {
            throw new UsageFailure(name + " (" + origin(name) + ") is not a path: " + e.getReason());
        }
    }

    public boolean isDefault(String name) {
        return origin(name).equals(Value.DEFAULT);
    }

    public String origin(String name) {
        return Objects.requireNonNull(values.get(name), name).origin();
    }

    public Collection<Value> values() {
        return Collections.unmodifiableCollection(values.values());
    }

    /** The value as it may be shown. */
    public String shown(Value value) {
        return catalogue.isSecret(value.name()) && !value.text().isEmpty() ? MASK : value.text();
    }

    /** What was said for the backbone; it has its own defaults for the rest. */
    public Map<String, String> saidForBackbone() {
        Map<String, String> said = new TreeMap<>();
        for (Value value : values.values())
            if (!value.isDefault() && catalogue.isOfBackbone(value.name())) said.put(value.name(), value.text());
        return said;
    }

    private void takeDefaults() {
        for (Setting setting : catalogue.settings()) put(setting.name(), setting.defaultValue(), Value.DEFAULT);
    }

    private void takeFile(PropertiesFile file) {
        file.properties().forEach((name, text) -> {
            catalogue.requireKnown(name, file.name());
            put(name, text, "file " + file.name());
        });
    }

    private void takeEnvironment(Map<String, String> environment) {
        environment.forEach((variable, text) -> {
            String name = SettingCatalogue.passThroughOf(variable);
            if (name != null && !text.isEmpty()) put(name, text, "env " + variable);
        });
        for (Setting setting : catalogue.settings()) {
            String variable = SettingCatalogue.variableOf(setting.name());
            String text = environment.get(variable);
            if (text != null && !text.isEmpty()) put(setting.name(), text, "env " + variable);
        }
    }

    private void takeFlags(Map<String, Flag> flags) {
        flags.forEach((name, flag) -> {
            catalogue.requireKnown(name, flag.flag());
            put(name, flag.text(), "flag " + flag.flag());
        });
    }

    private void put(String name, String text, String origin) {
        values.put(name, new Value(name, text, origin));
    }
}
