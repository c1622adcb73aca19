package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "config",
        description = {
            "Print the settings as they count, each with where it comes from; secrets are masked.",
            "",
            "Flags count over environment (TIDEMARK_ and the name, upper case, with _ for . and -) over a properties file"
                    + " over defaults.",
            ""
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private final ConfigFlags config;

    @Mixin
    private final ResultFlags result;

    ConfigCommand(Surroundings surroundings) {
        this.config = new ConfigFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        EffectiveConfig effective = config.resolve();
        TextTable table = new TextTable("setting", "value", "origin");
        ObjectNode json = Json.MAPPER.createObjectNode();
        for (Value value : effective.values()) {
            String shown = effective.shown(value);
            table.row(value.name(), shown, value.origin());
            json.putObject(value.name()).put("value", shown).put("origin", value.origin());
        }
        result.print(table.toString(), json);
        return 0;
    }
}
