package dev.tidemark.postgres.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is captured from one table, and how. Shared by all: the table and the entity type that its ops are for. */
public sealed interface TableSource {
    Table table();

    /** Entity type of the entities that change. */
    String entity();

    /** Calls the function of the kind that this is. */
    <R> R match(
            Function<Direct, R> direct,
            Function<MultiValue, R> multiValue,
            Function<FanOut, R> fanOut,
            Function<FanOutPerRow, R> fanOutPerRow);

    /** A table by its schema and name, both as the catalogue has them. */
    record Table(String schema, String name) {
        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    /** What becomes of the entity when its row is deleted. */
    enum OnDelete {
        DELETE_ENTITY,
        KEEP_ENTITY
    }

    /** Whether an INSERT may create the entity ({@code create}, {@code sets_alive}). */
    enum OnInsert {
        CREATE_ENTITY,
        EXISTING_ENTITY
    }

    /** A row is an entity: its key in one column, its fields in expressions over the row. */
    record Direct(
            Table table,
            String entity,
            String keyColumn,
            List<TrackedField> fields,
            OnInsert onInsert,
            OnDelete onDelete)
            implements TableSource {
        public Direct {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R match(
                Function<Direct, R> direct,
                Function<MultiValue, R> multiValue,
                Function<FanOut, R> fanOut,
                Function<FanOutPerRow, R> fanOutPerRow) {
            return direct.apply(this);
        }
    }

    /** A row is a member of a set field of an entity, as long as the filter holds for it. */
    record MultiValue(
            Table table,
            String entity,
            String keyColumn,
            String field,
            String valueColumn,
            Optional<Expression> filter,
            OnInsert onInsert)
            implements TableSource {
        @Override
        public <R> R match(
                Function<Direct, R> direct,
                Function<MultiValue, R> multiValue,
                Function<FanOut, R> fanOut,
                Function<FanOutPerRow, R> fanOutPerRow) {
            return multiValue.apply(this);
        }
    }

    /**
     * A row gives fields to all entities that a query finds when the op is applied.
     *
     * @param querySource a SELECT of one value; stands for the one placeholder of the query that is no column
     */
    record FanOut(
            Table table, String entity, Expression query, Optional<Expression> querySource, List<TrackedField> fields)
            implements TableSource {
        public FanOut {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R match(
                Function<Direct, R> direct,
                Function<MultiValue, R> multiValue,
                Function<FanOut, R> fanOut,
                Function<FanOutPerRow, R> fanOutPerRow) {
            return fanOut.apply(this);
        }
    }

    /** A row gives fields to the entities of its child rows, which are fixed inside the writer's transaction. */
    record FanOutPerRow(Table table, String entity, RowsFrom rowsFrom, List<TrackedField> fields)
            implements TableSource {
        public FanOutPerRow {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R match(
                Function<Direct, R> direct,
                Function<MultiValue, R> multiValue,
                Function<FanOut, R> fanOut,
                Function<FanOutPerRow, R> fanOutPerRow) {
            return fanOutPerRow.apply(this);
        }
    }

    /** The child rows: those whose {@code fk} equals the row's {@code parentKey}; {@code slot} is the entity's key. */
    record RowsFrom(Table table, String fk, String slot, String parentKey) {}
}
