/**
 * What a config wants of a database, compared with what is there, and made so: plan, apply, teardown, status. Speaks JDBC on
 * a connection that it is given.
 */
@NullMarked
package dev.tidemark.postgres.apply;

import org.jspecify.annotations.NullMarked;
