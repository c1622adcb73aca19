package dev.tidemark.bench.chaos.cluster;

import dev.tidemark.bench.place.FreePorts;
import dev.tidemark.bench.place.Node;
import dev.tidemark.bench.place.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brokers, and instances of {@code tidemark serve} that share the work; each in a process of its own. */
public final class Apart implements Servers {
    private static final String HOST = "127.0.0.1";

    private final Brokers brokers;
    private final Map<String, Node> instances = new LinkedHashMap<>();

    public Apart(Place place, int instances, int brokers, Map<String, String> settings) {
        this.brokers = new Brokers(place, brokers);
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("replication.factor", "" + brokers, "topics.create", "true", "cluster.secret", "of-this-run"));
        all.putAll(settings);
        int firstPort = FreePorts.neighbours(instances);
        for (int port = firstPort; port < firstPort + instances; port++)
            this.instances.put("http://" + HOST + ":" + port, place.keep(serve(place, port, all)));
    }

    private Node serve(Place place, int port, Map<String, String> settings) {
        String name = "serve-" + port;
        List<String> arguments = new ArrayList<>(List.of("serve", "--bootstrap", brokers.bootstrap()));
        arguments.addAll(
                List.of("--port", "" + port, "--data", place.fresh(name).toString()));
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return Node.tidemark(name, place.fresh(name + "-out"), arguments);
    }

    /** The first instance makes the topics before the others look for them. */
    @Override
    public void start() {
        brokers.start();
        for (Node each : instances.values()) {
            each.launch();
            each.awaitReady();
        }
    }

    @Override
    public String bootstrap() {
        return brokers.bootstrap();
    }

    @Override
    public List<String> urls() {
        return List.copyOf(instances.keySet());
    }

    @Override
    public List<Strike> strikes() {
        List<Strike> all = new ArrayList<>(List.of(Strike.BACKBONE, Strike.BROKER));
        if (brokers.count() > 1) all.add(Strike.CONTROLLER);
        if (instances.size() > 1) all.add(Strike.PAUSE);
        all.add(Strike.BOTH);
        all.add(Strike.BROKER_PAUSE);
        return all;
    }

    @Override
    public Struck strike(Fault fault) {
        String url = urls().get(fault.victim() % instances.size());
        return switch (fault.strike()) {
            case PAUSE -> paused(instance(url), without(url));
            case BROKER_PAUSE -> paused(brokers.other(fault.victim()), afterBroker(urls()));
            case BACKBONE -> killed(List.of(instance(url)), without(url));
            case BROKER -> killed(List.of(brokers.other(fault.victim())), afterBroker(urls()));
            case CONTROLLER -> killed(List.of(brokers.controller()), afterBroker(urls()));
            case BOTH -> killed(List.of(brokers.other(fault.victim()), instance(url)), afterBroker(without(url)));
            case UP, UP_TWICE -> throw new IllegalArgumentException("there is no up");
        };
    }

    @Override
    public void awaitCopies() {
        brokers.awaitInSync();
    }

    private Node instance(String url) {
        Node node = instances.get(url);
        if (node == null) throw new IllegalArgumentException("no instance at " + url);
        return node;
    }

    private List<String> without(String url) {
        return urls().stream().filter(each -> !each.equals(url)).toList();
    }

    /** Nobody serves anything without a broker. */
    private List<String> afterBroker(List<String> instances) {
        return brokers.count() > 1 ? instances : List.of();
    }

    private static Struck paused(Node victim, List<String> survivors) {
        victim.freeze();
        return new Repair(survivors, victim::thaw);
    }

    /** Started in this order, each when the one before is ready: an instance that finds no Kafka ends at once. */
    private static Struck killed(List<Node> victims, List<String> survivors) {
        victims.forEach(Node::kill);
        return new Repair(survivors, () -> {
            for (Node each : victims.subList(0, victims.size() - 1)) {
                each.launch();
                each.awaitReady();
            }
            victims.get(victims.size() - 1).launch();
        });
    }
}
