/**
 * What a PostgreSQL source captures, read from YAML and checked. Knows files and JSON, and no database: whether a column is
 * there is asked in {@code apply}.
 */
@NullMarked
package dev.tidemark.postgres.config;

import org.jspecify.annotations.NullMarked;
