package dev.tidemark.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A test of a target with {@link SeedCorpus#eachBroken}; ends even if an input makes the parser hang. */
@Test
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnBrokenSeeds {}
