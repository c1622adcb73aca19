package dev.tidemark.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the code generator writes on members that may or may not be null. JSpecify's annotations are of types and cannot
 * stand where it puts them.
 */
final class AvroNulls {
    private AvroNulls() {}

    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.METHOD, ElementType.PARAMETER})
    @interface Nullable {}

    @Retention(RetentionPolicy.SOURCE)
    @Target({ElementType.METHOD, ElementType.PARAMETER})
    @interface NotNull {}
}
