/**
 * What tests are made of: a reference model that says the semantics in the most naive way, generators of mutations, simulated
 * replicas and a seeded simulation of a server with them. Read {@link dev.tidemark.testkit.ReferenceModel} beside the
 * semantics; the laws that compare the algebra with it are in this module's tests.
 */
@NullMarked
package dev.tidemark.testkit;

import org.jspecify.annotations.NullMarked;
