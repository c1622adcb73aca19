package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML 1.2 as JSON that knows the line of each of its values. */
final class LocatedYaml {
    /** Characters of a config; a thousand tables need some hundred thousand. */
    static final int TEXT_MAX_CHARS = 4 << 20;

    /** Deepest nesting; a config has five levels. */
    private static final int DEPTH_MAX = 32;

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode json;

    /** @throws ConfigRefused if it is no YAML, or over a limit */
    LocatedYaml(String file, String text) {
        this.file = file;
        if (text.length() > TEXT_MAX_CHARS) throw refused(1, "", "the file is over " + TEXT_MAX_CHARS + " characters");
        this.json = convert(compose(text), "", 0);
    }

    JsonNode json() {
        return json;
    }

    /** A problem at the place that a JSON pointer means; the nearest one around it that is there. */
    ConfigProblem problem(String path, String what) {
        String known = path;
        while (!lines.containsKey(known) && !known.isEmpty()) known = known.substring(0, known.lastIndexOf('/'));
        return new ConfigProblem(file, lines.getOrDefault(known, 1), path, what);
    }

    private Node compose(String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            return node.orElseThrow(() -> refused(1, "", "the file is empty; it needs project and sync_sources"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw refused(line, "", "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw refused(1, "", "not YAML: " + e.getMessage());
        }
    }

    private JsonNode convert(Node node, String path, int depth) {
        int line = line(node);
        lines.put(path, line);
        if (depth > DEPTH_MAX) throw refused(line, path, "nested deeper than " + DEPTH_MAX + " levels");
        if (node instanceof MappingNode mapping) return object(mapping, path, depth);
        if (node instanceof SequenceNode sequence) return array(sequence.getValue(), path, depth);
        if (node instanceof ScalarNode scalar) return scalar(scalar, path);
        throw refused(line, path, "an alias to what is around it; write it out");
    }

    private ObjectNode object(MappingNode mapping, String path, int depth) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key))
                throw refused(line(member.getKeyNode()), path, "a key that is no text");
            String place = path + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            if (object.has(key.getValue()))
                throw refused(line(key), place, "the key stands here twice; leave one of them");
            object.set(key.getValue(), convert(member.getValueNode(), place, depth + 1));
        }
        return object;
    }

    private ArrayNode array(List<Node> elements, String path, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < elements.size(); i++) array.add(convert(elements.get(i), path + "/" + i, depth + 1));
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, String path) {
        String value = scalar.getValue();
        try {
            if (scalar.getTag().equals(Tag.NULL)) return JSON.nullNode();
            if (scalar.getTag().equals(Tag.BOOL)) return JSON.booleanNode(Boolean.parseBoolean(value));
            if (scalar.getTag().equals(Tag.INT)) return JSON.numberNode(new BigInteger(value));
            if (scalar.getTag().equals(Tag.FLOAT)) return JSON.numberNode(new BigDecimal(value));
            return JSON.textNode(value);
        } catch (NumberFormatException e) {
            throw refused(line(scalar), path, "not a decimal number: " + value);
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private ConfigRefused refused(int line, String path, String what) {
        return new ConfigRefused(List.of(new ConfigProblem(file, line, path, what)));
    }
}
