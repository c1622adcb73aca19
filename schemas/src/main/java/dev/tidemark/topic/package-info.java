/**
 * The topics of the contract: names, settings, headers, and which partition a project lives on. Bottom rung of the ladder;
 * says what topics must be like, and knows no Kafka client.
 */
@NullMarked
package dev.tidemark.topic;

import org.jspecify.annotations.NullMarked;
