package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.cluster.ClusterCheckup;
import dev.tidemark.cli.cluster.KafkaTarget;
import dev.tidemark.topology.provision.StartRefused;
import dev.tidemark.topology.provision.TopicCheck;
import dev.tidemark.topology.provision.TopicCheck.Difference;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "topics",
        description = {"Tidemark's topics on a Kafka: create what is missing, or say what differs.", ""})
final class TopicsCommand {
    @Command(
            name = "create",
            description = {"Create the topics that are missing; nothing that is there is changed.", ""})
    int create(@Mixin KafkaFlags kafka, @Mixin ResultFlags result) {
        KafkaTarget target = kafka.target();
        try (Admin admin = target.admin()) {
            List<String> created = new TopicCheck(admin, target.limits()).create();
            ArrayNode json = Json.MAPPER.createArrayNode();
            created.forEach(json::add);
            String text = created.isEmpty() ? "all topics are there already" : "created " + String.join(", ", created);
            result.print(text, Json.MAPPER.createObjectNode().set("created", json));
            return 0;
        } catch (StartRefused refused) {
            throw failure(refused);
        }
    }

    @Command(
            name = "diff",
            description = {"Say how the topics differ from what they must be; exit status 1 if they do.", ""})
    int diff(@Mixin KafkaFlags kafka, @Mixin ResultFlags result) {
        KafkaTarget target = kafka.target();
        try (Admin admin = target.admin()) {
            List<Difference> differences = new TopicCheck(admin, target.limits()).diff();
            result.print(text(differences), json(differences));
            if (differences.isEmpty()) return 0;
            throw new CommandFailure(
                    differences.size() + " differences at " + target.bootstrapServers() + "; mend them as said above");
        } catch (StartRefused refused) {
            throw failure(refused);
        }
    }

    private static CommandFailure failure(StartRefused refused) {
        return new CommandFailure(refused.code() + ": " + refused.getMessage(), refused);
    }

    private static String text(List<Difference> differences) {
        if (differences.isEmpty()) return "all topics are there, with the right settings";
        StringBuilder text = new StringBuilder();
        for (Difference difference : differences)
            text.append(difference)
                    .append("\n  ")
                    .append(ClusterCheckup.mend(difference))
                    .append('\n');
        return text.toString().stripTrailing();
    }

    private static ObjectNode json(List<Difference> differences) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("differences");
        for (Difference difference : differences)
            rows.addObject()
                    .put("topic", difference.topic())
                    .put("setting", difference.setting())
                    .put("wanted", difference.wanted())
                    .put("found", difference.found())
                    .put("mend", ClusterCheckup.mend(difference));
        return json;
    }
}
