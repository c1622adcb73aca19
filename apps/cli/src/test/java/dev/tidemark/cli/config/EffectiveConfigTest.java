package dev.tidemark.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.cli.UsageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {
    private static final Map<String, Flag> FLAGS = Map.of("http.port", new Flag("--port", "1"));
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TIDEMARK_HTTP_PORT", "2", "TIDEMARK_SERVER", "http://e");
    private static final PropertiesFile FILE =
            new PropertiesFile("f", Map.of("http.port", "3", "server", "http://f", "data.dir", "d"));

    @Test
    void prefersFlagsOverEnvironmentOverFileOverDefaults() {
        EffectiveConfig config = config(FLAGS, ENVIRONMENT, FILE);
        assertThat(config.text("http.port")).isEqualTo("1");
        assertThat(config.text("server")).isEqualTo("http://e");
        assertThat(config.text("data.dir")).isEqualTo("d");
        assertThat(config.text("embedded.kafka.port")).isEqualTo("19092");
    }

    @Test
    void saysWhereEachValueComesFrom() {
        EffectiveConfig config = config(FLAGS, ENVIRONMENT, FILE);
        assertThat(config.origin("http.port")).isEqualTo("flag --port");
        assertThat(config.origin("server")).isEqualTo("env TIDEMARK_SERVER");
        assertThat(config.origin("data.dir")).isEqualTo("file f");
        assertThat(config.origin("embedded.kafka.port")).isEqualTo("default");
    }

    @Test
    void takesAnEmptyVariableForNone() {
        EffectiveConfig config = config(Map.of(), Map.of("TIDEMARK_SERVER", ""), FILE);
        assertThat(config.text("server")).isEqualTo("http://f");
    }

    @Test
    void passesPropertiesOfKafkaAndOfTheTopologiesThrough() {
        EffectiveConfig config = config(
                Map.of("admit.commit.interval.ms", new Flag("--set", "5")),
                Map.of("TIDEMARK_KAFKA_SECURITY_PROTOCOL", "SSL"),
                new PropertiesFile("f", Map.of("materialize.poll.ms", "7")));
        assertThat(config.saidForBackbone())
                .containsEntry("admit.commit.interval.ms", "5")
                .containsEntry("kafka.security.protocol", "SSL")
                .containsEntry("materialize.poll.ms", "7");
    }

    @Test
    void givesTheBackboneWhatWasSaidForItAndNothingElse() {
        assertThat(config(FLAGS, ENVIRONMENT, FILE).saidForBackbone()).containsOnlyKeys("http.port");
    }

    @Test
    void masksSecrets() {
        EffectiveConfig config =
                config(Map.of(), Map.of("TIDEMARK_KAFKA_SSL_KEYSTORE_PASSWORD", "hush"), PropertiesFile.NONE);
        assertThat(config.values())
                .filteredOn(value -> value.name().equals("kafka.ssl.keystore.password"))
                .singleElement()
                .extracting(config::shown)
                .isEqualTo("********");
    }

    @Test
    void refusesASettingThatDoesNotExistAndSaysWhichMayBeMeant() {
        PropertiesFile file = new PropertiesFile("my.properties", Map.of("htp.port", "1"));
        assertThatThrownBy(() -> config(Map.of(), Map.of(), file))
                .isInstanceOf(UsageFailure.class)
                .hasMessageContaining("my.properties: there is no setting 'htp.port', did you mean 'http.port'?");
    }

    @Test
    void refusesAPortThatIsNone() {
        EffectiveConfig config = config(Map.of(), Map.of("TIDEMARK_HTTP_PORT", "70700"), PropertiesFile.NONE);
        assertThatThrownBy(() -> config.port("http.port"))
                .isInstanceOf(UsageFailure.class)
                .hasMessage("http.port is '70700' (env TIDEMARK_HTTP_PORT), not a port from 0 to 65535");
    }

    @Test
    void refusesAPathThatIsNone() {
        EffectiveConfig config = config(Map.of(), Map.of(), new PropertiesFile("f", Map.of("data.dir", "a\0b")));
        assertThatThrownBy(() -> config.path("data.dir"))
                .isInstanceOf(UsageFailure.class)
                .hasMessage("data.dir (file f) is not a path: Nul character not allowed");
    }

    @Test
    void findsTheFileByFlagThenByVariableThenByItsUsualName(@TempDir Path directory) throws IOException {
        Path byFlag = Files.writeString(directory.resolve("flag"), "server=http://flag");
        Path byVariable = Files.writeString(directory.resolve("variable"), "server=http://variable");
        Files.writeString(directory.resolve("tidemark.properties"), "server=http://usual");
        Map<String, String> variable = Map.of("TIDEMARK_CONFIG", byVariable.toString());
        assertThat(PropertiesFile.find(byFlag, variable, directory).properties())
                .containsValue("http://flag");
        assertThat(PropertiesFile.find(null, variable, directory).properties()).containsValue("http://variable");
        assertThat(PropertiesFile.find(null, Map.of(), directory).properties()).containsValue("http://usual");
        assertThat(PropertiesFile.find(null, Map.of(), directory.resolve("none")))
                .isEqualTo(PropertiesFile.NONE);
    }

    private static EffectiveConfig config(
            Map<String, Flag> flags, Map<String, String> environment, PropertiesFile file) {
        return EffectiveConfig.of(new SettingCatalogue(), new ConfigSources(flags, environment, file));
    }
}
