package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class EmbeddedSchemasTest {
    private final EmbeddedSchemas schemas = new EmbeddedSchemas();

    @Test
    void listsSubjectsAndVersions() {
        assertThat(schemas.subjects())
                .containsExactly(
                        "tidemark.acks-value",
                        "tidemark.commands-value",
                        "tidemark.control-value",
                        "tidemark.events-value",
                        "tidemark.log-tm-meta",
                        "tidemark.log-value",
                        "tidemark.mutations-value",
                        "tidemark.outcomes-value");
        assertThat(schemas.versions("tidemark.log-value")).containsExactly(1);
        assertThat(schemas.versions("no.such-value")).isEmpty();
    }

    @Test
    void findsASchemaByIdByVersionAndAsLatest() {
        EmbeddedSchemas.Version latest = schemas.latest(Subjects.LOG).orElseThrow();

        assertThat(latest.id()).isEqualTo(2);
        assertThat(schemas.version(2)).contains(latest);
        assertThat(schemas.version(Subjects.LOG, 1)).contains(latest);
        assertThat(schemas.byId(2)).isEqualTo(latest.schema());
        assertThat(schemas.version(99)).isEmpty();
        assertThat(schemas.version(Subjects.LOG, 2)).isEmpty();
        assertThat(schemas.latest("no.such-value")).isEmpty();
    }

    /** A generated class adds Java's string type to its schema; other clients leave out docs and defaults. */
    @Test
    void registersOurSchemaInWhateverForm() {
        String generated = EntityChange.getClassSchema().toString();
        String bare = SchemaNormalization.toParsingForm(EntityChange.getClassSchema());

        assertThat(schemas.register(Subjects.LOG, generated)).hasValue(2);
        assertThat(schemas.register(Subjects.LOG, bare)).hasValue(2);
    }

    @Test
    void registersNothingElse() {
        String change = SchemaFiles.text("EntityChange.avsc");

        assertThat(schemas.register(Subjects.MUTATIONS, change)).isEmpty();
        assertThat(schemas.register("no.such-value", change)).isEmpty();
        assertThat(schemas.register(Subjects.LOG, change.replace("\"image\"", "\"picture\"")))
                .isEmpty();
        assertThat(schemas.register(Subjects.LOG, "no schema")).isEmpty();
        assertThat(schemas.register(Subjects.LOG, "{\"type\":\"no.such.Type\"}"))
                .isEmpty();
        assertThat(schemas.register(Subjects.LOG, "\"no.such.Type\"")).isEmpty();
        assertThat(schemas.register(Subjects.LOG, "")).isEmpty();
        String badDefault = "{'type':'record','name':'A','fields':[{'name':'a','type':'int','default':'x'}]}";
        assertThat(schemas.register(Subjects.LOG, badDefault.replace('\'', '"')))
                .isEmpty();
    }

    @Test
    void refusesWhatItDoesNotHave() {
        assertThatThrownBy(() -> schemas.byId(99)).isInstanceOf(UndecodableException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemas.idOf(Subjects.LOG, SchemaFiles.current("ControlState")));
    }

    @Test
    void refusesACatalogueThatContradictsItself() {
        String file = " versions/EntityChange-1.avsc\n";

        assertThatIllegalStateException().isThrownBy(() -> new EmbeddedSchemas("1 a 1" + file + "1 b 1" + file));
        assertThatIllegalStateException().isThrownBy(() -> new EmbeddedSchemas("1 a 2" + file));
        assertThatIllegalStateException().isThrownBy(() -> new EmbeddedSchemas("1 a" + file));
        assertThatIllegalStateException().isThrownBy(() -> new EmbeddedSchemas("1 a 1 versions/None-1.avsc"));
    }
}
