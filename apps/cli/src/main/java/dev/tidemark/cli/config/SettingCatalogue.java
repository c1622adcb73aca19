package dev.tidemark.cli.config;

import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneConfig.Setting;
import dev.tidemark.cli.UsageFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every setting that can be named: those of the command line, those of the backbone, and what passes through. */
public final class SettingCatalogue {
    public static final String SERVER = "server";
    public static final String DATA_DIR = "data.dir";
    public static final String KAFKA_PORT = "embedded.kafka.port";
    public static final String CONNECT = "embedded.connect";
    public static final String CONNECT_PORT = "embedded.connect.port";
    public static final String LOG_LEVEL = "log.level";
    public static final String BOOTSTRAP = "bootstrap.servers";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String REGISTRY = "registry.url";
    public static final String STATE_DIR = "state.dir";

    private static final String ENV_PREFIX = "TIDEMARK_";
    private static final List<String> PASS_THROUGH = List.of("kafka.", "admit.", "materialize.");
    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "jaas", "token", "credential", "keystore.key");
    private static final int TYPO_DISTANCE_MAX = 3;

    private static final List<Setting> OF_THE_COMMAND_LINE = List.of(
            new Setting(SERVER, "http://127.0.0.1:7070", "the server that commands talk to", false),
            new Setting(DATA_DIR, ".tidemark", "directory of `up`: broker log, stores, logs", false),
            new Setting(KAFKA_PORT, "19092", "port of the embedded Kafka; its controller takes the next one", false),
            new Setting(CONNECT, "true", "whether `up` runs a Connect worker", false),
            new Setting(CONNECT_PORT, "18083", "port of the embedded Connect worker", false),
            new Setting(LOG_LEVEL, "INFO", "least level that a running server writes to its log", false));

    private final Map<String, Setting> byName = new TreeMap<>();

    public SettingCatalogue() {
        for (Setting setting : BackboneConfig.settings()) byName.put(setting.name(), setting);
        for (Setting setting : OF_THE_COMMAND_LINE) byName.put(setting.name(), setting);
    }

    public Iterable<Setting> settings() {
        return byName.values();
    }

    public boolean isKnown(String name) {
        return byName.containsKey(name) || isPassThrough(name);
    }

    public boolean isOfBackbone(String name) {
        return isKnown(name)
                && OF_THE_COMMAND_LINE.stream()
                        .noneMatch(setting -> setting.name().equals(name));
    }

    public boolean isSecret(String name) {
        Setting setting = byName.get(name);
        if (setting != null && setting.secret()) return true;
        return SECRET_WORDS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
    }

    /** @throws UsageFailure that says where the unknown name stands and which one may be meant */
    public void requireKnown(String name, String where) {
        if (isKnown(name)) return;
        String near = nearest(name);
        throw new UsageFailure(where + ": there is no setting '" + name + "'"
                + (near == null ? "" : ", did you mean '" + near + "'?") + " (`tidemark config` lists them)");
    }

    /** Whether an environment variable names a setting. */
    public boolean isVariable(String variable) {
        return passThroughOf(variable) != null
                || byName.keySet().stream().anyMatch(name -> variableOf(name).equals(variable));
    }

    public static String variableOf(String name) {
        return ENV_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The pass-through property that a variable names, if it names one: {@code TIDEMARK_KAFKA_CLIENT_ID}. */
    static @Nullable String passThroughOf(String variable) {
        if (!variable.startsWith(ENV_PREFIX)) return null;
        String name =
                variable.substring(ENV_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        return isPassThrough(name) ? name : null;
    }

    private static boolean isPassThrough(String name) {
        return PASS_THROUGH.stream().anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
    }

    private @Nullable String nearest(String name) {
        return byName.keySet().stream()
                .filter(known -> distance(known, name) <= TYPO_DISTANCE_MAX)
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .orElse(null);
    }

    /** Levenshtein distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
