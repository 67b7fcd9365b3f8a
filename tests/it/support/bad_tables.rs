//! Endpoints in place of DynamoDB that misbehave.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How an endpoint misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Accepts and never answers.
    Hang,
    /// Closes the connection at once.
    Close,
    /// Promises more than it sends, then closes.
    CutBody,
    /// 200 with something else than JSON.
    Garbage,
    /// 500.
    ServerError,
    /// 400, throttled.
    Throttled,
    /// 400, the table does not exist.
    NoTable,
    /// 400, the credentials are expired.
    Expired,
}

/// All of them.
pub(crate) const FAULTS: [Fault; 8] =
    [Fault::Hang, Fault::Close, Fault::CutBody, Fault::Garbage, Fault::ServerError, Fault::Throttled, Fault::NoTable, Fault::Expired];

/// Starts such an endpoint; `http://127.0.0.1:…`.
pub(crate) async fn start(fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            tokio::spawn(misbehave(connection, fault));
        }
    });
    format!("http://{address}")
}

async fn misbehave(mut connection: TcpStream, fault: Fault) {
    let mut buffer = [0; 16 * 1024];
    if fault == Fault::Close || connection.read(&mut buffer).await.is_err() {
        return;
    }
    let error = |kind: &str| {
        let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{kind}","message":"no"}}"#);
        format!("HTTP/1.1 400 Bad Request\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let answer = match fault {
        Fault::Hang | Fault::Close => {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            return;
        }
        Fault::CutBody => {
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 1000\r\n\r\n{\"Items\":[".to_owned()
        }
        Fault::Garbage => "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 9\r\n\r\nnot json!".to_owned(),
        Fault::ServerError => "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned(),
        Fault::Throttled => error("ProvisionedThroughputExceededException"),
        Fault::NoTable => error("ResourceNotFoundException"),
        Fault::Expired => error("ExpiredTokenException"),
    };
    drop(connection.write_all(answer.as_bytes()).await);
}

/// An address where nothing listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
