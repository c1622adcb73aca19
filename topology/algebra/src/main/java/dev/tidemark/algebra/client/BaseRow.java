package dev.tidemark.algebra.client;

import dev.tidemark.algebra.Image;

/**
 * What the base holds of a live entity.
 *
 * @param place of the record that gave the image
 * @param pass number of the full read that saw it last
 */
public record BaseRow(Image image, Place place, int pass) {}
