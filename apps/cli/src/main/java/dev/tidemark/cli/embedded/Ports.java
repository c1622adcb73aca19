package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says which port is taken, and the flag that names another, before anything is started. */
public final class Ports {
    private static final int PAIR_ATTEMPTS = 100;

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

    /** A free port of which the next one is free too, where nobody looks for a broker. */
    public static int freePair() {
        for (int attempt = 0; attempt < PAIR_ATTEMPTS; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName(EmbeddedBroker.HOST))) {
                int port = first.getLocalPort();
                try (ServerSocket second = new ServerSocket(port + 1, 1, InetAddress.getByName(EmbeddedBroker.HOST))) {
                    return Math.min(port, second.getLocalPort());
                }
            } catch (IOException | IllegalArgumentException e) {
                // the next attempt finds others
            }
        }
        throw new CommandFailure("no two free ports beside each other on " + EmbeddedBroker.HOST);
    }
}
