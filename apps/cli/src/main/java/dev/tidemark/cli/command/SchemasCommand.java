package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.cluster.RegistryCheckup;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.EmbeddedSchemas.Version;
import dev.tidemark.wire.RegistryAddress;
import dev.tidemark.wire.RegistrySchemas;
import dev.tidemark.wire.SchemaRegistryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "schemas",
        description = {"The schemas of this release in a registry with the Confluent API.", ""})
final class SchemasCommand {
    private static final String EMBEDDED = "/registry";

    @Command(
            name = "register",
            description = {"Register every schema version that the registry lacks, oldest first.", ""})
    int register(
            @Option(
                            names = "--registry",
                            paramLabel = "URL",
                            description =
                                    "the registry (default: registry.url, else the one that the server of --server brings)")
                    @Nullable
                    String registry,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        RegistrySchemas schemas = new RegistrySchemas(address(registry, server));
        EmbeddedSchemas ours = new EmbeddedSchemas();
        TextTable table = new TextTable("subject", "version", "id");
        ObjectNode json = Json.MAPPER.createObjectNode();
        for (String subject : ours.subjects())
            for (int number : ours.versions(subject)) {
                int id = id(schemas, ours.version(subject, number).orElseThrow());
                table.row(subject, Integer.toString(number), Integer.toString(id));
                json.withArray("schemas")
                        .addObject()
                        .put("subject", subject)
                        .put("version", number)
                        .put("id", id);
            }
        result.print(table.toString(), json);
        return 0;
    }

    @Command(
            name = "check",
            description = {"Say which schemas the registry lacks; exit status 1 if it lacks any.", ""})
    int check(
            @Option(
                            names = "--registry",
                            paramLabel = "URL",
                            description =
                                    "the registry (default: registry.url, else the one that the server of --server brings)")
                    @Nullable
                    String registry,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        ServerClient client = ServerClient.at(address(registry, server).url().toString());
        return new FindingTable(new RegistryCheckup(client).run()).print(result);
    }

    private static int id(RegistrySchemas schemas, Version version) {
        try {
            return schemas.idOf(version.subject(), version.schema());
        } catch (SchemaRegistryException e) {
            throw new CommandFailure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private static RegistryAddress address(@Nullable String named, ServerFlags server) {
        try {
            if (named != null) return RegistryAddress.of(named);
            String configured = server.settings().text(SettingCatalogue.REGISTRY);
            return RegistryAddress.of(configured.isEmpty() ? server.client().base() + EMBEDDED : configured);
        } catch (IllegalArgumentException e) {
            throw new UsageFailure("--registry: " + e.getMessage());
        }
    }
}
