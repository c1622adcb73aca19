package dev.tidemark.cli.config;

import dev.tidemark.cli.UsageFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file of settings; absent unless named or lying in the working directory. */
public record PropertiesFile(String name, Map<String, String> properties) {
    public static final String VARIABLE = "TIDEMARK_CONFIG";
    public static final String USUAL_NAME = "tidemark.properties";

    public static final PropertiesFile NONE = new PropertiesFile("", Map.of());

    /**
     * @param named by a flag, if one was given; then by the environment; then the usual name in the working directory
     * @throws UsageFailure if a named file cannot be read
     */
    public static PropertiesFile find(@Nullable Path named, Map<String, String> environment, Path workingDirectory) {
        if (named != null) return read(named);
        String byVariable = environment.get(VARIABLE);
        if (byVariable != null && !byVariable.isEmpty()) return read(Path.of(byVariable));
        Path usual = workingDirectory.resolve(USUAL_NAME);
        return Files.isRegularFile(usual) ? read(usual) : NONE;
    }

    private static PropertiesFile read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new UsageFailure("there is no configuration file " + file);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageFailure("cannot read the configuration file " + file + ": " + e.getMessage());
        }
        Map<String, String> texts = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            texts.put(name, properties.getProperty(name).strip());
        }
        return new PropertiesFile(file.toString(), texts);
    }
}
