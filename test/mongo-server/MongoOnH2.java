import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.net.InetSocketAddress;
import java.util.List;
import org.h2.mvstore.MVStore;

/**
 * A server that speaks MongoDB's wire protocol, for tests: mongo-java-server on a file of H2.
 *
 * <p>One command at a time, and each is in the file before it is answered: what was acknowledged is there again after
 * the process was killed, and a command that was cut is there whole or not at all, as with MongoDB's journal.
 */
final class MongoOnH2 extends H2Backend {
  private MongoOnH2(MVStore file) {
    super(file);
    version(new Five());
  }

  /** MongoDB 5.0, with the wire version that it has: mongo-java-server says 8, which drivers no longer talk to. */
  private record Five() implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  }

  @Override
  public synchronized Document handleMessage(MongoMessage message) {
    try {
      // The answer is written after this, while the next command may change the very documents in it: a copy.
      return super.handleMessage(message).cloneDeeply();
    } finally {
      if (getMvStore().hasUnsavedChanges()) commit();
    }
  }

  /** Usage: MongoOnH2 FOLDER PORT (0: any). Prints the address once it listens. */
  public static void main(String[] args) {
    MVStore file = new MVStore.Builder().fileName(args[0] + "/mongo.mv").autoCommitDisabled().open();
    MongoServer server = new MongoServer(new MongoOnH2(file));
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])));
    System.out.println("127.0.0.1:" + server.getLocalAddress().getPort());
  }
}
