package dev.tidemark.postgres.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows that a question is answered with. */
final class Rows {
    /** Takes one row apart. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Rows() {}

    static <T> List<T> of(Connection connection, String sql, Reader<T> reader, Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) statement.setObject(i + 1, arguments[i]);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) all.add(reader.read(rows));
                return all;
            }
        }
    }
}
