package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.wire.FakeRegistry.Canned;
import java.net.URI;
import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrySchemasTest {
    private final FakeRegistry registry = new FakeRegistry();
    private final RegistrySchemas schemas = new RegistrySchemas(registry.address());
    private final Schema schema = SchemaFiles.current("ControlCommand");

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void registersASchemaOnceAndRemembersItsId() {
        int first = schemas.idOf(Subjects.COMMANDS, schema);
        int second = schemas.idOf(Subjects.COMMANDS, schema);

        assertThat(first).isEqualTo(100).isEqualTo(second);
        assertThat(registry.requests)
                .containsExactly(
                        "POST /subjects/tidemark.commands-value", "POST /subjects/tidemark.commands-value/versions");
    }

    @Test
    void onlyLooksUpWhatIsRegisteredAlready() {
        new RegistrySchemas(registry.address()).idOf(Subjects.COMMANDS, schema);
        registry.requests.clear();

        schemas.idOf(Subjects.COMMANDS, schema);

        assertThat(registry.requests).containsExactly("POST /subjects/tidemark.commands-value");
    }

    @Test
    void asksForASchemaOnce() {
        int id = new RegistrySchemas(registry.address()).idOf(Subjects.COMMANDS, schema);
        registry.requests.clear();

        assertThat(schemas.byId(id)).isEqualTo(schema);
        assertThat(schemas.byId(id)).isEqualTo(schema);
        assertThat(registry.requests).containsExactly("GET /schemas/ids/100");
    }

    @Test
    void carriesRecordsUnderTheRegistrysIds() {
        byte[] bytes = new WireCodec(schemas).encodeCommand(Samples.command());

        assertThat(bytes).startsWith(0, 0, 0, 0, 100);
        assertThat(new WireCodec(new RegistrySchemas(registry.address())).decodeCommand(bytes))
                .isEqualTo(Samples.command());
    }

    @Test
    void asksOnceForAnIdThatIsUnknown() {
        assertUndecodable(7, UndecodableException.UNKNOWN_SCHEMA_ID);
        assertUndecodable(7, UndecodableException.UNKNOWN_SCHEMA_ID);
        assertUndecodable(-1, UndecodableException.UNKNOWN_SCHEMA_ID);

        assertThat(registry.requests).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void doesNotTakeAnyNotFoundForAnUnknownId() {
        registry.canned.add(new Canned(404, "<html>no such page</html>"));

        assertThatThrownBy(() -> schemas.byId(7))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("404")
                .hasMessageContaining("/api/schemas/ids/7")
                .hasMessageContaining("Check the address");
    }

    @Test
    void refusesSchemasOfOtherKinds() {
        registry.canned.add(new Canned(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"));
        registry.canned.add(new Canned(200, "{\"schema\":\"{\\\"type\\\":\\\"no.such.Type\\\"}\"}"));

        assertUndecodable(7, UndecodableException.WRONG_SCHEMA);
        assertUndecodable(8, UndecodableException.WRONG_SCHEMA);
    }

    @Test
    void refusesASchemaThatIsOnlyTheNameOfAnother() {
        registry.canned.add(new Canned(200, "{\"schema\":\"\\\"no.such.Type\\\"\"}"));
        registry.canned.add(new Canned(200, "{\"schema\":\"no.such.Type\"}"));

        assertUndecodable(7, UndecodableException.WRONG_SCHEMA);
        assertUndecodable(8, UndecodableException.WRONG_SCHEMA);
    }

    @Test
    void triesAgainWhenTheRegistryIsBusy() {
        registry.canned.add(new Canned(503, ""));
        registry.canned.add(new Canned(429, ""));

        assertThat(schemas.idOf(Subjects.COMMANDS, schema)).isEqualTo(100);
    }

    @Test
    void saysWhatTheRegistryMinds() {
        registry.canned.add(FakeRegistry.notFound());
        registry.canned.add(new Canned(409, "{\"error_code\":409,\"message\":\"incompatible with version 3\"}"));

        assertThatThrownBy(() -> schemas.idOf(Subjects.COMMANDS, schema))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("409")
                .hasMessageContaining("incompatible with version 3")
                .hasMessageContaining("/api/subjects/tidemark.commands-value/versions");
    }

    @Test
    void saysThatTheRegistryCannotBeReached() {
        registry.close();

        assertThatThrownBy(() -> schemas.byId(7))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("Cannot reach the schema registry: http://127.0.0.1:");
    }

    @Test
    void sendsThePasswordAndNeverShowsIt() {
        RegistryAddress plain = registry.address();
        RegistryAddress address =
                new RegistryAddress(plain.url(), new RegistryAddress.Login("ada", "s3cret"), plain.timeout());
        registry.canned.add(new Canned(401, ""));

        Throwable refused =
                catchThrowableOfType(SchemaRegistryException.class, () -> new RegistrySchemas(address).byId(7));

        assertThat(registry.authorizations).containsExactly("Basic YWRhOnMzY3JldA==");
        assertThat(refused).hasMessageNotContaining("s3cret").hasMessageContaining("Check the user and password");
        assertThat(address.toString()).doesNotContain("s3cret");
    }

    @Test
    void refusesAddressesThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryAddress.of("http://ada:s3cret@127.0.0.1"))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryAddress.of("http://ada:s3cret@my_host"))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryAddress.of("http://ada:s3cret%@127.0.0.1"))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> RegistryAddress.of("registry:8081"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RegistryAddress(URI.create("http://127.0.0.1"), null, Duration.ZERO));
    }

    private void assertUndecodable(int id, String reasonCode) {
        assertThat(catchThrowableOfType(UndecodableException.class, () -> schemas.byId(id))
                        .reasonCode())
                .isEqualTo(reasonCode);
    }
}
