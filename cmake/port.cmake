# SPDX-License-Identifier: Apache-2.0
# port.cmake - the files of one port; what it lacks comes from ports/none, file by file.

set(MOTE_PORT linux CACHE STRING "Folder below ports/")
file(GLOB port_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ports/${MOTE_PORT}/*.c)
file(GLOB defaults CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ports/none/*.c)
foreach(default IN LISTS defaults)
  get_filename_component(name ${default} NAME)
  if(NOT ${CMAKE_SOURCE_DIR}/ports/${MOTE_PORT}/${name} IN_LIST port_sources)
    list(APPEND port_sources ${default})
  endif()
endforeach()
add_library(mote_port STATIC ${port_sources})
target_link_libraries(mote_port PUBLIC mote_options)

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
target_link_libraries(mote_port PUBLIC Threads::Threads ${CMAKE_DL_LIBS} z m)
