package dev.tidemark.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProblemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            /replica is missing    | {"pointer":"/replica","detail":"is missing"}                | /replica is missing
            the body must be JSON  | {"pointer":"","detail":"must be JSON"}                      | the body must be JSON
            limit must be a number | {"parameter":"limit","detail":"must be a number"}           | limit must be a number
            line 3: /op is unknown | {"line":3,"pointer":"/op","detail":"is unknown"}            | line 3: /op is unknown
            the request is wrong   | {"pointer":"/a","detail":"is b"},{"parameter":"c","detail":"is d"} | the request is wrong; /a is b; c is d
            /a is b, and more      | {"pointer":"/a","detail":"is b"},{"pointer":"/c","detail":"is d"}  | /a is b, and more; /c is d
            incompatible           | {"message":"field gone"}                                    | incompatible; field gone
            """)
    void saysEachPlaceOnce(String detail, String errors, String said) throws JsonProcessingException {
        String document = "{\"status\":400,\"code\":\"bad\",\"detail\":\"" + detail + "\",\"errors\":[" + errors + "]}";

        ServerProblem problem = ServerProblem.of(Json.MAPPER.readTree(document), 400, Optional.empty());

        assertThat(problem).hasMessage("bad: " + said);
    }
}
