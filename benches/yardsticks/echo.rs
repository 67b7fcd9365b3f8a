//! A bare `lambda_http` function: the yardstick of `cargo bench`.

use lambda_http::{Body, Error, Request, Response, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(|request: Request| async move {
        Ok::<_, Error>(Response::new(Body::from(request.body().as_ref())))
    }))
    .await
}
