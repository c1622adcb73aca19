package dev.tidemark.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import dev.tidemark.fuzz.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A properties file is refused by a {@link UsageFailure}, as are the places and ports in it; or every setting of it counts. */
class PropertiesFuzz {
    private static final Set<String> PORTS = Set.of(SettingCatalogue.KAFKA_PORT, SettingCatalogue.HTTP_PORT);
    private static final Set<String> PATHS = Set.of(SettingCatalogue.DATA_DIR, SettingCatalogue.STATE_DIR);

    private final SettingCatalogue catalogue = new SettingCatalogue();
    private final Path file = WorkDirectory.ofThisRun().resolve("tidemark.properties");

    @FuzzTest
    void aFileIsRefusedOrCounts(byte[] input) throws IOException {
        Files.write(file, input);
        EffectiveConfig config;
        PropertiesFile read;
        try {
            read = PropertiesFile.find(file, Map.of(), file.getParent());
            config = EffectiveConfig.of(catalogue, new ConfigSources(Map.of(), Map.of(), read));
        } catch (UsageFailure refused) {
            assertThat(refused.getMessage()).contains(file.toString());
            return;
        }
        read.properties().forEach((name, text) -> assertThat(config.text(name)).isEqualTo(text));
        for (Value value : config.values())
            if (catalogue.isSecret(value.name()) && !value.text().isEmpty())
                assertThat(config.shown(value)).isNotEqualTo(value.text());
        PORTS.forEach(
                name -> usableOrRefused(() -> assertThat(config.port(name)).isBetween(0, 65_535)));
        PATHS.forEach(
                name -> usableOrRefused(() -> assertThat(config.path(name)).isNotNull()));
    }

    private static void usableOrRefused(Runnable use) {
        try {
            use.run();
        } catch (UsageFailure refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @OnBrokenSeeds
    void aBrokenSeedIsRefusedOrCounts() {
        SeedCorpus.of(getClass()).eachBroken(this::aFileIsRefusedOrCounts);
    }
}
