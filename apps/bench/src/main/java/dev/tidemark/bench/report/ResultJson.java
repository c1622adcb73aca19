package dev.tidemark.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A result for programs: {@code command}, {@code machine}, {@code settings}, {@code measures}; names in snake case. */
public final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultJson() {}

    public static String of(Result result) {
        ObjectNode json = JSON.createObjectNode().put("command", result.command());
        json.set("machine", machine(result.machine()));
        json.set("settings", JSON.valueToTree(result.settings()));
        ArrayNode measures = json.putArray("measures");
        for (Measure each : result.measures()) {
            ObjectNode measure = measures.addObject().put("name", each.name()).put("unit", each.unit());
            each.numbers().forEach((name, value) -> measure.put(snake(name), value));
        }
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode machine(Machine machine) {
        return JSON.createObjectNode()
                .put("processor", machine.processor())
                .put("processors", machine.processors())
                .put("memory_bytes", machine.memoryBytes())
                .put("system", machine.system())
                .put("java", machine.java())
                .put("load_before", machine.load())
                .put("date", machine.date());
    }

    private static String snake(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "_");
    }
}
