//! An endpoint in place of DynamoDB that misbehaves always, in one way.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How an endpoint misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Accepts and never answers.
    Hang,
    /// Closes the connection at once.
    Close,
    /// Resets the connection at once.
    Reset,
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
    /// A first page of a Scan, then 500.
    SecondPage,
    /// The request is done, and its answer never comes.
    Silence,
    /// The request is done, and the connection is reset instead of an answer.
    LostAnswer,
    /// The request is done, and half of its answer comes.
    CutAnswer,
}

/// Those that any request meets.
pub const FAULTS: [Fault; 12] = [
    Fault::Hang,
    Fault::Close,
    Fault::Reset,
    Fault::CutBody,
    Fault::Garbage,
    Fault::ServerError,
    Fault::Throttled,
    Fault::NoTable,
    Fault::Expired,
    Fault::Silence,
    Fault::LostAnswer,
    Fault::CutAnswer,
];

impl Fault {
    /// Whether the request reaches the table all the same.
    pub(super) fn is_of_the_answer(self) -> bool {
        matches!(self, Self::Silence | Self::LostAnswer | Self::CutAnswer)
    }
}

/// Starts such an endpoint; `http://127.0.0.1:…`.
pub async fn start(fault: Fault) -> String {
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
    let mut request = [0; 16 * 1024];
    if !matches!(fault, Fault::Close | Fault::Reset) && connection.read(&mut request).await.is_ok()
    {
        answer_badly(connection, fault).await;
    }
}

/// Answers a request that was read from the connection. A request whose answer is at fault was done
/// elsewhere, or is not.
pub(super) async fn answer_badly(mut connection: TcpStream, fault: Fault) {
    let mut buffer = [0; 16 * 1024];
    let error = |kind: &str| {
        let body =
            format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{kind}","message":"no"}}"#);
        format!(
            "HTTP/1.1 400 Bad Request\r\ncontent-type: \
            application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let answer = match fault {
        Fault::Close | Fault::CutAnswer => return,
        Fault::Reset | Fault::LostAnswer => return drop(connection.set_zero_linger()),
        Fault::Hang | Fault::Silence => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            return;
        }
        Fault::CutBody => {
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: \
            1000\r\n\r\n{\"Items\":["
                .to_owned()
        }
        Fault::Garbage => "HTTP/1.1 200 OK\r\ncontent-type: \
            application/x-amz-json-1.0\r\ncontent-length: 9\r\n\r\nnot json!"
            .to_owned(),
        Fault::ServerError => "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned(),
        Fault::Throttled => error("ProvisionedThroughputExceededException"),
        Fault::NoTable => error("ResourceNotFoundException"),
        Fault::Expired => error("ExpiredTokenException"),
        Fault::SecondPage => {
            let body = concat!(
                r#"{"Items":[{"RuleId":{"S":"r"},"Priority":{"N":"1"},"AgentGroupId":{"N":"5"}}],"#,
                r#""Count":1,"LastEvaluatedKey":{"RuleId":{"S":"r"}}}"#,
            );
            let page = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: \
                    application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            if connection.write_all(page.as_bytes()).await.is_err()
                || connection.read(&mut buffer).await.is_err()
            {
                return;
            }
            "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n".to_owned()
        }
    };
    drop(connection.write_all(answer.as_bytes()).await);
}

/// An address where nothing listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
