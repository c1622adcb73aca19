package dev.tidemark.cli.config;

import java.util.Map;

/** Where settings come from, strongest first: flags by setting, environment by variable, file by setting. */
public record ConfigSources(Map<String, Flag> flags, Map<String, String> environment, PropertiesFile file) {}
