package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says which port is taken, and the flag that names another, before anything is started. */
public final class Ports {
    private Ports() {}

    /**
     * @param flag that chooses the port, for the text of the error
     * @throws CommandFailure if something listens on it already
     */
    public static void requireFree(String host, int port, String flag) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new CommandFailure(
                    "port " + port + " on " + host + " is in use (" + e.getMessage() + "); choose another with " + flag,
                    e);
        }
    }
}
