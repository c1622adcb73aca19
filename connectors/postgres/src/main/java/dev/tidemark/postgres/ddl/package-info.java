/**
 * The database objects of a source, as text: functions of the config and the catalogue, no connection. What is to be there
 * is a list of {@link dev.tidemark.postgres.ddl.DatabaseObject}s in the order in which they can be made.
 */
@NullMarked
package dev.tidemark.postgres.ddl;

import org.jspecify.annotations.NullMarked;
